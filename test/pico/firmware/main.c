// Takes orders from its mailbox and echoes what comes over USB, between two ticks asleep.
#include "probe.h"

#define TICK_us 50
// Looks at USB without sleep after the last that happened there: more than a packet takes.
#define LOOKS 200

struct mailbox mailbox __attribute__((section(".mailbox")));

uint32_t now_us(void) { return REGISTER(TIMER_TIMERAWL); }

static volatile uint32_t interrupts;

void timer_interrupt(void) {
  REGISTER(TIMER_INTR) = 1;
  interrupts++;
}

void sleep_us(uint32_t duration_us) {
  uint32_t began_us = now_us();
  REGISTER(TIMER_ALARM0) = began_us + duration_us;
  while (now_us() - began_us < duration_us) __asm volatile("wfe");
}

// Sleeps with interrupts masked: the alarm ends that, but is served only afterwards. Answers those served before.
static int32_t sleep_masked_us(uint32_t duration_us) {
  uint32_t began_us = now_us(), served = interrupts;
  __asm volatile("cpsid i");
  REGISTER(TIMER_ALARM0) = began_us + duration_us;
  while (now_us() - began_us < duration_us) __asm volatile("wfi");
  served = interrupts - served;
  __asm volatile("cpsie i");
  return served;
}

static void call_rom(uint32_t function, const volatile uint32_t *arguments) {
  register uint32_t r0 __asm("r0") = arguments[0];
  register uint32_t r1 __asm("r1") = arguments[1];
  register uint32_t r2 __asm("r2") = arguments[2];
  register uint32_t r3 __asm("r3") = arguments[3];
  __asm volatile("blx %4" : "+r"(r0), "+r"(r1), "+r"(r2), "+r"(r3) : "l"(function) : "r12", "lr", "cc", "memory");
  uint32_t *answer = (uint32_t *)mailbox.bytes;
  answer[0] = r0, answer[1] = r1, answer[2] = r2, answer[3] = r3;
}

static uint32_t random(void) {
  uint32_t bits = 0;
  for (int i = 0; i < 32; i++) bits = bits << 1 | (REGISTER(ROSC_RANDOMBIT) & 1);
  return bits;
}

static int32_t adc_read(uint32_t channel) {
  unreset(RESET_ADC);
  REGISTER(ADC_CS) = channel << 12 | 1;
  SET(ADC_CS) = 1 << 2;
  while ((REGISTER(ADC_CS) & 1 << 8) == 0) {}
  return REGISTER(ADC_RESULT);
}

static int32_t pins(uint32_t pulled_up) {
  for (uint32_t pin = 0; pin < 30; pin++)
    if (pulled_up >> pin & 1) {
      REGISTER(PAD(pin)) = PAD_PULL_UP_INPUT;
      REGISTER(GPIO_CTRL(pin)) = FUNCTION_SIO;
    }
  return REGISTER(SIO_GPIO_IN);
}

static int32_t drive(uint32_t pin, uint32_t how) {
  REGISTER(how == 2 ? SIO_GPIO_OUT_SET : SIO_GPIO_OUT_CLR) = 1 << pin;
  REGISTER(how == 0 ? SIO_GPIO_OE_CLR : SIO_GPIO_OE_SET) = 1 << pin;
  REGISTER(GPIO_CTRL(pin)) = FUNCTION_SIO;
  return REGISTER(SIO_GPIO_IN) >> pin & 1;
}

static int32_t obey(uint32_t order, const volatile uint32_t *with) {
  uint8_t *bytes = mailbox.bytes;
  switch (order) {
  case I2C_TRANSACTION:
    start_i2c(with[3]);
    return i2c_transaction(with[0], bytes, with[1], with[2]);
  case I2C_STOPPED_WRITE:
    start_i2c(with[3]);
    return i2c_stopped_write(with[0], bytes, with[1]);
  case SPI_TRANSFER:
    (with[1] ? spi_transfer_by_dma : spi_transfer)(bytes, with[0]);
    return 0;
  case FLASH_ERASE: flash_erase(with[0], with[1]); return 0;
  case FLASH_PROGRAM: flash_program(with[0], bytes, with[1]); return 0;
  case FLASH_ID: flash_id(bytes); return 0;
  case ADC_READ: return adc_read(with[0]);
  case SLEEP:
    if (with[1]) return sleep_masked_us(with[0]);
    sleep_us(with[0]);
    return 0;
  case SPIN:
    for (uint32_t began_us = now_us(); now_us() - began_us < with[0];) {}
    return 0;
  case PINS: return pins(with[0]);
  case DRIVE: return drive(with[0], with[1]);
  case RANDOM: return random();
  case ROM_CALL: call_rom((uint32_t)rom_function(with[0]), with + 1); return 0;
  case ROM_FLOAT: call_rom(rom_data(with[0])[with[1] / 4], with + 2); return 0;
  case UART_SEND: return uart_send_by_dma(bytes, with[0], with[1]);
  case RESET: REGISTER(AIRCR) = AIRCR_SYSRESETREQ; for (;;) {}
  default: return -2;
  }
}

int main(void) {
  start_clocks();
  unreset(RESET_IO_BANK0 | RESET_PADS_BANK0 | RESET_TIMER);
  REGISTER(TIMER_INTE) = 1;
  REGISTER(NVIC_ISER) = 1 << IRQ_TIMER_0;
  start_spi();
  start_usb();
  mailbox.order = 0;
  for (int looks = 0;;) {
    looks = usb_process() ? LOOKS : looks - 1;
    if (mailbox.order == 0) {
      if (looks <= 0) sleep_us(TICK_us);
      continue;
    }
    mailbox.began_us = now_us();
    mailbox.answer = obey(mailbox.order, mailbox.arguments);
    mailbox.took_us = now_us() - mailbox.began_us;
    mailbox.order = 0;
  }
}

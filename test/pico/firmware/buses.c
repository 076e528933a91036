// I2C0 on GP4 and GP5, SPI0 on GP16 to GP19, as the board's manifest has them; and a UART.
#include "probe.h"

#define SDA 4
#define SCL 5
#define MISO 16
#define SELECT 17
#define SCK 18
#define MOSI 19

// A bit's time is given in cycles of the system's clock, which the controller adds eight to.
void start_i2c(uint32_t bit_cycles) {
  unreset(RESET_I2C0);
  REGISTER(PAD(SDA)) = REGISTER(PAD(SCL)) = PAD_PULL_UP_INPUT;
  REGISTER(GPIO_CTRL(SDA)) = REGISTER(GPIO_CTRL(SCL)) = FUNCTION_I2C;
  uint32_t high = bit_cycles * 5 / 8;
  REGISTER(IC_ENABLE) = 0;
  REGISTER(IC_CON) = IC_CON_MASTER_FAST | IC_CON_TX_EMPTY_CTRL;
  REGISTER(IC_TX_TL) = 0;
  REGISTER(IC_FS_SCL_HCNT) = high;
  REGISTER(IC_FS_SCL_LCNT) = bit_cycles - high;
}

static void address_slave(uint32_t address) {
  REGISTER(IC_ENABLE) = 0;
  REGISTER(IC_TAR) = address;
  REGISTER(IC_ENABLE) = 1;
}

// Whether the slave refused, or there is none: the controller then stops the bus by itself.
static int aborted(void) {
  if (REGISTER(IC_TX_ABRT_SOURCE) == 0) return 0;
  (void)REGISTER(IC_CLR_TX_ABRT);
  return 1;
}

static int stopped(int answer) {
  while ((REGISTER(IC_RAW_INTR_STAT) & INTR_STOP_DET) == 0) {}
  (void)REGISTER(IC_CLR_STOP_DET);
  return answer;
}

// Writes, then reads after a repeated start; commands go into the FIFO as long as there is room.
int i2c_transaction(uint32_t address, uint8_t *bytes, uint32_t write, uint32_t read) {
  address_slave(address);
  uint32_t commands = write + read, sent = 0, received = 0;
  while (sent < commands || received < read) {
    if (aborted()) return stopped(-1);
    // No more is asked for than its FIFO can hold.
    uint32_t asked = sent > write ? sent - write : 0;
    if (sent < commands && asked - received < 16 && (REGISTER(IC_STATUS) & STATUS_TFNF)) {
      uint32_t command = sent < write ? bytes[sent] : DATA_CMD_READ;
      if (sent == write && write > 0) command |= DATA_CMD_RESTART;
      if (sent == commands - 1) command |= DATA_CMD_STOP;
      REGISTER(IC_DATA_CMD) = command;
      sent++;
    }
    while (received < read && REGISTER(IC_RXFLR) > 0) bytes[received++] = REGISTER(IC_DATA_CMD);
  }
  stopped(0);
  return aborted() ? -1 : 0;
}

// Waits after each byte until it has left, as Raspberry Pi's SDK does: hangs where an abort leaves that unsaid.
int i2c_stopped_write(uint32_t address, const uint8_t *bytes, uint32_t write) {
  address_slave(address);
  for (uint32_t i = 0; i < write; i++) {
    REGISTER(IC_DATA_CMD) = bytes[i] | (i == write - 1 ? DATA_CMD_STOP : 0);
    while ((REGISTER(IC_RAW_INTR_STAT) & INTR_TX_EMPTY) == 0) {}
    if (aborted()) return stopped(-1 - (int)i);
  }
  return stopped(0);
}

void start_spi(void) {
  unreset(RESET_SPI0 | RESET_DMA);
  REGISTER(SIO_GPIO_OUT_SET) = 1 << SELECT;
  REGISTER(SIO_GPIO_OE_SET) = 1 << SELECT;
  REGISTER(GPIO_CTRL(SELECT)) = FUNCTION_SIO;
  REGISTER(GPIO_CTRL(MISO)) = REGISTER(GPIO_CTRL(MOSI)) = REGISTER(GPIO_CTRL(SCK)) = FUNCTION_SPI;
  REGISTER(SSPCPSR) = 2;
  REGISTER(SSPCR0) = 7 << 8 | 7; // 8 bits, mode 0, 125 MHz / 2 / 8 = 7.8 MHz
  REGISTER(SSPDMACR) = 3;
  REGISTER(SSPCR1) = 1 << 1;
}

void spi_transfer(uint8_t *bytes, uint32_t count) {
  REGISTER(SIO_GPIO_OUT_CLR) = 1 << SELECT;
  uint32_t sent = 0, received = 0;
  while (received < count) {
    if (sent < count && sent - received < 8 && (REGISTER(SSPSR) & SSPSR_TNF)) REGISTER(SSPDR) = bytes[sent++];
    if (REGISTER(SSPSR) & SSPSR_RNE) bytes[received++] = REGISTER(SSPDR);
  }
  REGISTER(SIO_GPIO_OUT_SET) = 1 << SELECT;
}

static void start_dma(uint32_t channel, uint32_t from, uint32_t to, uint32_t count, uint32_t control) {
  REGISTER(DMA_CHANNEL(channel) + DMA_READ_ADDR) = from;
  REGISTER(DMA_CHANNEL(channel) + DMA_WRITE_ADDR) = to;
  REGISTER(DMA_CHANNEL(channel) + DMA_TRANS_COUNT) = count;
  REGISTER(DMA_CHANNEL(channel) + DMA_AL1_CTRL) = control | DMA_CTRL_EN | DMA_CTRL_CHAIN_TO(channel);
}

// As DeviceScript's runtime transfers: one channel feeds the FIFO, one empties it.
void spi_transfer_by_dma(uint8_t *bytes, uint32_t count) {
  uint32_t at = (uint32_t)bytes;
  REGISTER(SIO_GPIO_OUT_CLR) = 1 << SELECT;
  start_dma(0, at, SSPDR, count, DMA_CTRL_INCR_READ | DMA_CTRL_TREQ(DREQ_SPI0_TX));
  start_dma(1, SSPDR, at, count, DMA_CTRL_INCR_WRITE | DMA_CTRL_TREQ(DREQ_SPI0_RX));
  REGISTER(DMA_MULTI_CHAN_TRIGGER) = 3;
  while (REGISTER(DMA_CHANNEL(1) + DMA_AL1_CTRL) & DMA_CTRL_BUSY) {}
  REGISTER(SIO_GPIO_OUT_SET) = 1 << SELECT;
}

// As DeviceScript's runtime sends its log, on GP0.
int32_t uart_send_by_dma(const uint8_t *bytes, uint32_t count, uint32_t divider) {
  unreset(RESET_UART0);
  REGISTER(GPIO_CTRL(0)) = FUNCTION_UART;
  REGISTER(UARTIBRD) = divider;
  REGISTER(UARTFBRD) = 0;
  REGISTER(UARTLCR_H) = 0x70;
  REGISTER(UARTCR) = 0x301;
  REGISTER(UARTDMACR) = 2;
  uint32_t began_us = now_us();
  start_dma(2, (uint32_t)bytes, UARTDR, count, DMA_CTRL_INCR_READ | DMA_CTRL_TREQ(DREQ_UART0_TX));
  REGISTER(DMA_MULTI_CHAN_TRIGGER) = 1 << 2;
  while (REGISTER(DMA_CHANNEL(2) + DMA_AL1_CTRL) & DMA_CTRL_BUSY) {}
  int32_t took_us = now_us() - began_us;
  while (REGISTER(UARTFR) & UARTFR_BUSY) {}
  return took_us;
}

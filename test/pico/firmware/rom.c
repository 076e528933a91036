// What Raspberry Pi's SDK asks of the boot ROM: functions and data by their codes, and the flash.
#include "probe.h"

typedef void *lookup(const uint16_t *table, uint32_t code);

// 16-bit pointers near the ROM's start [2.8.2]: to the functions' table, the data's, and what looks into them.
// Their address is hidden from the compiler, which takes all that is near 0 for a null pointer.
static uint32_t rom_pointer(uint32_t at) {
  __asm volatile("" : "+r"(at));
  return *(volatile uint16_t *)at;
}

static void *look_up(uint32_t table, uint32_t code) {
  return ((lookup *)rom_pointer(0x18))((const uint16_t *)rom_pointer(table), code);
}

void *rom_function(uint32_t code) { return look_up(0x14, code); }
uint32_t *rom_data(uint32_t code) { return look_up(0x16, code); }

#define CODE(a, b) ((uint32_t)(a) | (uint32_t)(b) << 8)

static void call(uint32_t code) { ((void (*)(void))rom_function(code))(); }

static void open_flash(void) {
  call(CODE('I', 'F'));
  call(CODE('E', 'X'));
}

static void close_flash(void) {
  call(CODE('F', 'C'));
  call(CODE('C', 'X'));
}

void flash_erase(uint32_t offset, uint32_t count) {
  open_flash();
  ((void (*)(uint32_t, uint32_t, uint32_t, uint8_t))rom_function(CODE('R', 'E')))(offset, count, 1 << 16, 0xd8);
  close_flash();
}

void flash_program(uint32_t offset, const uint8_t *bytes, uint32_t count) {
  open_flash();
  ((void (*)(uint32_t, const uint8_t *, uint32_t))rom_function(CODE('R', 'P')))(offset, bytes, count);
  close_flash();
}

// The flash's own command 4Bh: four bytes of nothing, then its eight.
void flash_id(uint8_t *bytes) {
  open_flash();
  REGISTER(QSPI_SS_CTRL) = 2 << 8; // select driven low
  for (uint32_t sent = 0, received = 0; received < 13;) {
    if (sent < 13 && (REGISTER(SSI_SR) & SSI_SR_TFNF)) REGISTER(SSI_DR0) = sent++ == 0 ? 0x4b : 0;
    if (REGISTER(SSI_SR) & SSI_SR_RFNE) {
      uint32_t byte = REGISTER(SSI_DR0);
      if (received >= 5) bytes[received - 5] = byte;
      received++;
    }
  }
  REGISTER(QSPI_SS_CTRL) = 3 << 8; // and high
  REGISTER(QSPI_SS_CTRL) = 0;
  close_flash();
}

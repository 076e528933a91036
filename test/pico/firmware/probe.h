// The probe: a program for the emulated Pico that does with its pins, buses and flash what it is told.
#pragma once
#include "rp2040.h"

// How the outside tells it: it writes the arguments, then the order, and reads the answer once the order is 0.
struct mailbox {
  volatile uint32_t order;
  volatile uint32_t arguments[8];
  volatile int32_t answer;
  volatile uint32_t began_us;
  volatile uint32_t took_us;
  uint8_t bytes[1024]; // what is sent, and then what came
};
extern struct mailbox mailbox;

enum order {
  I2C_TRANSACTION = 1, // address, bytes to write, bytes to read, cycles of a bit; answers 0 or -1 for no acknowledge
  I2C_STOPPED_WRITE,   // the same without reading, but waits until each byte has left; answers -1 less the one refused
  SPI_TRANSFER,        // bytes, whether by DMA
  FLASH_ERASE,         // offset, bytes
  FLASH_PROGRAM,       // offset, bytes
  FLASH_ID,            // 8 bytes
  ADC_READ,            // channel
  SLEEP,               // microseconds, until the timer's alarm; whether with interrupts masked
  SPIN,                // microseconds
  PINS,                // pull-ups of the pins of a mask on, then reads all pins
  DRIVE,               // pin; 0 lets it go, 1 drives it low, 2 high; answers what it reads
  RANDOM,              // 32 random bits
  ROM_CALL,            // its code, then up to four arguments; answers in bytes, 16 of them
  ROM_FLOAT,           // 'SF' or 'SD', offset in that table, up to four arguments; answers as ROM_CALL
  UART_SEND,           // bytes, 16 × cycles of a bit; answers how long the DMA took, µs, before the last had left
  RESET
};

int main(void);
void unreset(uint32_t blocks);
void start_clocks(void);
uint32_t now_us(void);

void timer_interrupt(void);
void sleep_us(uint32_t duration_us);

void start_i2c(uint32_t bit_cycles);
int i2c_transaction(uint32_t address, uint8_t *bytes, uint32_t write, uint32_t read);
int i2c_stopped_write(uint32_t address, const uint8_t *bytes, uint32_t write);
void start_spi(void);
void spi_transfer(uint8_t *bytes, uint32_t count);
void spi_transfer_by_dma(uint8_t *bytes, uint32_t count);

int32_t uart_send_by_dma(const uint8_t *bytes, uint32_t count, uint32_t divider);

void *rom_function(uint32_t code);
uint32_t *rom_data(uint32_t code);
void flash_erase(uint32_t offset, uint32_t count);
void flash_program(uint32_t offset, const uint8_t *bytes, uint32_t count);
void flash_id(uint8_t *bytes);

void start_usb(void);
int usb_process(void); // whether anything had happened

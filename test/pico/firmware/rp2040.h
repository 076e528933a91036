// Registers of the RP2040 that the probe uses, with the names of its datasheet (sections in brackets).
#pragma once
#include <stdint.h>

#define REGISTER(address) (*(volatile uint32_t *)(address))

// Atomic aliases of a register [2.1.2]
#define SET(address) REGISTER((address) + 0x2000)
#define CLEAR(address) REGISTER((address) + 0x3000)

// Resets [2.14]
#define RESETS_RESET 0x4000c000
#define RESETS_RESET_DONE 0x4000c008
#define RESET_ADC (1 << 0)
#define RESET_DMA (1 << 2)
#define RESET_I2C0 (1 << 3)
#define RESET_IO_BANK0 (1 << 5)
#define RESET_PADS_BANK0 (1 << 8)
#define RESET_PLL_SYS (1 << 12)
#define RESET_SPI0 (1 << 16)
#define RESET_TIMER (1 << 21)
#define RESET_USBCTRL (1 << 24)

// Clocks [2.15], crystal [2.16], PLL [2.18], watchdog's tick [4.7]
#define CLK_REF_CTRL 0x40008030
#define CLK_SYS_CTRL 0x4000803c
#define CLK_PERI_CTRL 0x40008048
#define XOSC_CTRL 0x40024000
#define XOSC_STATUS 0x40024004
#define PLL_SYS_CS 0x40028000
#define PLL_SYS_PWR 0x40028004
#define PLL_SYS_FBDIV_INT 0x40028008
#define PLL_SYS_PRIM 0x4002800c
#define WATCHDOG_TICK 0x4005802c

// Pins [2.19], single-cycle I/O [2.3.1]
#define GPIO_CTRL(pin) (0x40014004 + 8 * (pin))
#define PAD(pin) (0x4001c004 + 4 * (pin))
#define PAD_PULL_UP_INPUT 0x5a
#define FUNCTION_SPI 1
#define FUNCTION_UART 2
#define FUNCTION_I2C 3
#define FUNCTION_SIO 5
#define SIO_GPIO_IN 0xd0000004
#define SIO_GPIO_OUT_SET 0xd0000014
#define SIO_GPIO_OUT_CLR 0xd0000018
#define SIO_GPIO_OE_SET 0xd0000024
#define SIO_GPIO_OE_CLR 0xd0000028

// I2C0 [4.3.17]
#define I2C0 0x40044000
#define IC_CON (I2C0 + 0x00)
#define IC_TAR (I2C0 + 0x04)
#define IC_DATA_CMD (I2C0 + 0x10)
#define IC_FS_SCL_HCNT (I2C0 + 0x1c)
#define IC_FS_SCL_LCNT (I2C0 + 0x20)
#define IC_RAW_INTR_STAT (I2C0 + 0x34)
#define IC_TX_TL (I2C0 + 0x3c)
#define IC_CLR_TX_ABRT (I2C0 + 0x54)
#define IC_CLR_STOP_DET (I2C0 + 0x60)
#define IC_ENABLE (I2C0 + 0x6c)
#define IC_STATUS (I2C0 + 0x70)
#define IC_RXFLR (I2C0 + 0x78)
#define IC_TX_ABRT_SOURCE (I2C0 + 0x80)
#define IC_CON_MASTER_FAST 0x65 // master, fast mode, restart enabled, no slave
#define IC_CON_TX_EMPTY_CTRL (1 << 8)
#define DATA_CMD_READ (1 << 8)
#define DATA_CMD_STOP (1 << 9)
#define DATA_CMD_RESTART (1 << 10)
#define INTR_TX_EMPTY (1 << 4)
#define INTR_STOP_DET (1 << 9)
#define STATUS_TFNF (1 << 1)

// SPI0, a PL022 [4.4.4]
#define SPI0 0x4003c000
#define SSPCR0 (SPI0 + 0x00)
#define SSPCR1 (SPI0 + 0x04)
#define SSPDR (SPI0 + 0x08)
#define SSPSR (SPI0 + 0x0c)
#define SSPCPSR (SPI0 + 0x10)
#define SSPDMACR (SPI0 + 0x24)
#define SSPSR_TNF (1 << 1)
#define SSPSR_RNE (1 << 2)

// UART0, a PL011 [4.2.8]
#define UART0 0x40034000
#define UARTDR (UART0 + 0x00)
#define UARTFR (UART0 + 0x18)
#define UARTIBRD (UART0 + 0x24)
#define UARTFBRD (UART0 + 0x28)
#define UARTLCR_H (UART0 + 0x2c)
#define UARTCR (UART0 + 0x30)
#define UARTDMACR (UART0 + 0x48)
#define UARTFR_BUSY (1 << 3)
#define RESET_UART0 (1 << 22)

// DMA [2.5.7]
#define DMA_CHANNEL(n) (0x50000000 + 0x40 * (n))
#define DMA_READ_ADDR 0x00
#define DMA_WRITE_ADDR 0x04
#define DMA_TRANS_COUNT 0x08
#define DMA_AL1_CTRL 0x10
#define DMA_MULTI_CHAN_TRIGGER 0x50000430
#define DMA_CTRL_EN (1 << 0)
#define DMA_CTRL_INCR_READ (1 << 4)
#define DMA_CTRL_INCR_WRITE (1 << 5)
#define DMA_CTRL_CHAIN_TO(n) ((n) << 11)
#define DMA_CTRL_TREQ(n) ((n) << 15)
#define DMA_CTRL_BUSY (1 << 24)
#define DREQ_SPI0_TX 16
#define DREQ_SPI0_RX 17
#define DREQ_UART0_TX 20

// ADC [4.9.6], timer [4.6.5], ring oscillator's random bit [2.17.8]
#define ADC_CS 0x4004c000
#define ADC_RESULT 0x4004c004
#define TIMER_ALARM0 0x40054010
#define TIMER_TIMERAWL 0x40054028
#define TIMER_INTR 0x40054034
#define TIMER_INTE 0x40054038
#define ROSC_RANDOMBIT 0x4006001c

// The flash's SSI [4.10.13] and chip select [2.19.6.2]
#define SSI_SR 0x18000028
#define SSI_DR0 0x18000060
#define SSI_SR_TFNF (1 << 1)
#define SSI_SR_RFNE (1 << 3)
#define QSPI_SS_CTRL 0x4001800c

// The core [2.4.8]
#define NVIC_ISER 0xe000e100
#define VTOR 0xe000ed08
#define AIRCR 0xe000ed0c
#define AIRCR_SYSRESETREQ 0x05fa0004
#define IRQ_TIMER_0 0

// USB [4.1.4]
#define USB_RAM 0x50100000
#define USB 0x50110000
#define USB_ADDR_ENDP (USB + 0x00)
#define USB_MAIN_CTRL (USB + 0x40)
#define USB_SIE_CTRL (USB + 0x4c)
#define USB_SIE_STATUS (USB + 0x50)
#define USB_BUFF_STATUS (USB + 0x58)
#define USB_MUXING (USB + 0x74)
#define USB_PWR (USB + 0x78)
#define SIE_BUS_RESET (1 << 19)
#define SIE_SETUP_REC (1 << 17)
#define EP_IN_CTRL(n) (USB_RAM + 8 * (n))
#define EP_OUT_CTRL(n) (USB_RAM + 8 * (n) + 4)
#define EP_IN_BUFFER(n) (USB_RAM + 0x80 + 8 * (n))
#define EP_OUT_BUFFER(n) (USB_RAM + 0x84 + 8 * (n))
#define EP_ENABLE (1u << 31)
#define EP_EACH_BUFFER (1 << 29)
#define EP_BULK (2 << 26)
#define EP_INTERRUPT (3 << 26)
#define BUFFER_FULL (1 << 15)
#define BUFFER_DATA1 (1 << 13)
#define BUFFER_AVAILABLE (1 << 10)
#define BUFFER_LENGTH 0x3ff

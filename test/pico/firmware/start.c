// From reset to main: the second stage, the vector table, memory, clocks.
#include "probe.h"

extern uint32_t data_load[], data_start[], data_end[], bss_start[], bss_end[], stack_top[];

// What the boot ROM enters at the start of flash: it hands on to the vector table, or returns to a caller.
__attribute__((naked, section(".boot2"))) void boot2(void) {
  __asm volatile("mov r0, lr\n"
                 "cmp r0, #0\n"
                 "bne 1f\n"
                 "ldr r0, =0x10000100\n"
                 "ldr r1, =0xe000ed08\n"
                 "str r0, [r1]\n"
                 "ldmia r0, {r0, r1}\n"
                 "msr msp, r0\n"
                 "bx r1\n"
                 "1: bx lr\n"
                 ".ltorg\n");
}

void reset(void) {
  for (uint32_t *from = data_load, *to = data_start; to < data_end;) *to++ = *from++;
  for (uint32_t *to = bss_start; to < bss_end;) *to++ = 0;
  main();
}

static void stop(void) {
  for (;;) __asm volatile("bkpt #255");
}

__attribute__((section(".vectors"), used)) static void (*const vectors[16 + 32])(void) = {
    (void (*)(void))stack_top, reset, stop, stop, [11] = stop, [14] = stop, [15] = stop,
    [16 + IRQ_TIMER_0] = timer_interrupt,
};

void unreset(uint32_t blocks) {
  CLEAR(RESETS_RESET) = blocks;
  while ((REGISTER(RESETS_RESET_DONE) & blocks) != blocks) {}
}

// 125 MHz from the crystal's 12: 12 × 125 / 6 / 2; a tick of 1 µs.
void start_clocks(void) {
  REGISTER(XOSC_CTRL) = 0xfabaa0;
  while ((REGISTER(XOSC_STATUS) >> 31) == 0) {}
  REGISTER(CLK_REF_CTRL) = 2;
  unreset(RESET_PLL_SYS);
  REGISTER(PLL_SYS_CS) = 1;
  REGISTER(PLL_SYS_FBDIV_INT) = 125;
  CLEAR(PLL_SYS_PWR) = 0x21;
  while ((REGISTER(PLL_SYS_CS) >> 31) == 0) {}
  REGISTER(PLL_SYS_PRIM) = 6 << 16 | 2 << 12;
  CLEAR(PLL_SYS_PWR) = 0x08;
  REGISTER(CLK_SYS_CTRL) = 1;
  REGISTER(CLK_PERI_CTRL) = 1 << 11;
  REGISTER(WATCHDOG_TICK) = 1 << 9 | 12;
}

// The least USB device that a host takes for a serial port: what comes in goes out again.
#include "probe.h"

#define PACKET 64
#define EP0_DATA (USB_RAM + 0x100)
#define NOTICE_DATA (USB_RAM + 0x180)
#define OUT_DATA (USB_RAM + 0x1c0)
#define IN_DATA (USB_RAM + 0x200)

static const uint8_t device[18] = {18, 1, 0, 2, 2, 0, 0, PACKET, 0x8a, 0x2e, 0x0a, 0, 0, 1, 0, 0, 0, 1};

#define CONFIGURATION 62
// Communications interface with its notifications on endpoint 1, data interface with bulk endpoints 2.
static const uint8_t configuration[CONFIGURATION] = {
    9, 2, CONFIGURATION, 0, 2, 1, 0, 0x80, 250,
    9, 4, 0, 0, 1, 2, 2, 0, 0,
    5, 0x24, 0, 0x10, 1,
    4, 0x24, 2, 2,
    5, 0x24, 6, 0, 1,
    7, 5, 0x81, 3, 8, 0, 16,
    9, 4, 1, 0, 2, 10, 0, 0, 0,
    7, 5, 0x02, 2, PACKET, 0, 0,
    7, 5, 0x82, 2, PACKET, 0, 0,
};

static uint32_t next_in, next_out; // which of DATA0 and DATA1
static uint8_t new_address;
static struct {
  const uint8_t *from;
  uint32_t left;
} control;

static void copy_to_usb(uint32_t to, const uint8_t *from, uint32_t count) {
  for (uint32_t i = 0; i < count; i += 4) {
    uint32_t word = 0;
    for (uint32_t k = 0; k < 4 && i + k < count; k++) word |= (uint32_t)from[i + k] << (8 * k);
    REGISTER(to + i) = word;
  }
}

static void send(uint32_t endpoint, uint32_t length, uint32_t data1) {
  REGISTER(EP_IN_BUFFER(endpoint)) = length | BUFFER_FULL | BUFFER_AVAILABLE | (data1 ? BUFFER_DATA1 : 0);
}

static void receive(void) {
  REGISTER(EP_OUT_BUFFER(2)) = PACKET | BUFFER_AVAILABLE | (next_out ? BUFFER_DATA1 : 0);
  next_out ^= 1;
}

static uint32_t control_data1;

static void send_control(void) {
  uint32_t length = control.left < PACKET ? control.left : PACKET;
  copy_to_usb(EP0_DATA, control.from, length);
  control.from += length;
  control.left -= length;
  send(0, length, control_data1);
  control_data1 ^= 1;
}

static void answer(const uint8_t *from, uint32_t has, uint32_t wanted) {
  control.from = from;
  control.left = has < wanted ? has : wanted;
  control_data1 = 1;
  send_control();
}

static void setup(void) {
  uint32_t request = REGISTER(USB_RAM), rest = REGISTER(USB_RAM + 4);
  uint32_t type = request & 0xff, code = request >> 8 & 0xff, value = request >> 16, wanted = rest >> 16;
  control.left = 0;
  if (type == 0x80 && code == 6 && value >> 8 == 1) answer(device, sizeof device, wanted);
  else if (type == 0x80 && code == 6 && value >> 8 == 2) answer(configuration, CONFIGURATION, wanted);
  else {
    if (type == 0 && code == 5) new_address = value;
    if (type == 0 && code == 9) receive();
    send(0, 0, 1);
  }
}

static void echo(void) {
  uint32_t length = REGISTER(EP_OUT_BUFFER(2)) & BUFFER_LENGTH;
  for (uint32_t i = 0; i < length; i += 4) REGISTER(IN_DATA + i) = REGISTER(OUT_DATA + i);
  send(2, length, next_in);
  next_in ^= 1;
}

void start_usb(void) {
  unreset(RESET_USBCTRL);
  for (uint32_t at = USB_RAM; at < USB_RAM + 0x100; at += 4) REGISTER(at) = 0;
  REGISTER(USB_MUXING) = 1 << 3 | 1 << 0;
  REGISTER(USB_PWR) = 3 << 2;
  REGISTER(USB_MAIN_CTRL) = 1;
  REGISTER(USB_SIE_CTRL) = 1 << 29;
  REGISTER(EP_IN_CTRL(1)) = EP_ENABLE | EP_EACH_BUFFER | EP_INTERRUPT | (NOTICE_DATA - USB_RAM);
  REGISTER(EP_OUT_CTRL(2)) = EP_ENABLE | EP_EACH_BUFFER | EP_BULK | (OUT_DATA - USB_RAM);
  REGISTER(EP_IN_CTRL(2)) = EP_ENABLE | EP_EACH_BUFFER | EP_BULK | (IN_DATA - USB_RAM);
  SET(USB_SIE_CTRL) = 1 << 16;
}

int usb_process(void) {
  uint32_t status = REGISTER(USB_SIE_STATUS);
  if (status & SIE_BUS_RESET) {
    REGISTER(USB_ADDR_ENDP) = 0;
    next_in = next_out = 0;
    REGISTER(USB_SIE_STATUS) = SIE_BUS_RESET;
  }
  if (status & SIE_SETUP_REC) {
    REGISTER(USB_SIE_STATUS) = SIE_SETUP_REC;
    setup();
  }
  uint32_t done = REGISTER(USB_BUFF_STATUS);
  REGISTER(USB_BUFF_STATUS) = done;
  if (done & 1) {
    if (new_address != 0) REGISTER(USB_ADDR_ENDP) = new_address;
    new_address = 0;
    if (control.left > 0) send_control();
  }
  if (done & 1 << 5) echo();
  if (done & 1 << 4) receive();
  return done != 0 || (status & (SIE_BUS_RESET | SIE_SETUP_REC));
}

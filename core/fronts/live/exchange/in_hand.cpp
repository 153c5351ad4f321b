#include "exchange/in_hand.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <new>
#include <system_error>

namespace oddity::live {

SharedInHand::SharedInHand() : descriptor_(::memfd_create("oddity-in-hand", MFD_CLOEXEC)) {
  if (descriptor_ < 0 || ::ftruncate(descriptor_, sizeof(InHand)) != 0)
    throw std::system_error(errno, std::generic_category(), "memfd_create");
  map();
  new (memory_) InHand;
}

SharedInHand::SharedInHand(int descriptor) : descriptor_(descriptor) { map(); }

void SharedInHand::map() {
  void* const memory = ::mmap(nullptr, sizeof(InHand), PROT_READ | PROT_WRITE, MAP_SHARED, descriptor_, 0);
  if (memory == MAP_FAILED) throw std::system_error(errno, std::generic_category(), "mmap");
  memory_ = static_cast<InHand*>(memory);
}

SharedInHand::~SharedInHand() {
  ::munmap(memory_, sizeof(InHand));
  ::close(descriptor_);
}

}  // namespace oddity::live

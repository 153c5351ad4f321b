// Prints the page as a server would send it.
#include <iostream>

#include "page/page.hpp"

int main() {
  std::cout << oddity::page::live();
  return std::cout.flush() ? 0 : 1;
}

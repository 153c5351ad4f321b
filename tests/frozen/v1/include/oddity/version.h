/* The version of Oddity that these headers came with, for messages and for conditional code. Whether a plugin
 * and a host understand each other is another question: see ODDITY_ABI_MAJOR and ODDITY_ABI_MINOR in abi.h.
 */
#ifndef ODDITY_VERSION_H
#define ODDITY_VERSION_H

#define ODDITY_VERSION_MAJOR 1
#define ODDITY_VERSION_MINOR 0
#define ODDITY_VERSION_PATCH 0
#define ODDITY_VERSION "1.0.0" /* the three of them; CMake reads it here */

#endif

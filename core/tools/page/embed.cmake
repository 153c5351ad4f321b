# Puts the page's sources together and writes them as the C++ source OUT: run by `cmake -P` with SOURCES (their folder),
# DYGRAPHS (the library's folder), SCRIPTS (names joined by commas, in order) and OUT.
function(text_of file out)
  file(READ ${file} text)
  string(REGEX REPLACE "/[/*]# sourceMappingURL=[^\n]*" "" text "${text}")
  set(${out} "${text}" PARENT_SCOPE)
endfunction()

text_of(${SOURCES}/page.html page)
text_of(${SOURCES}/page.css style)
text_of(${SOURCES}/dygraphs_licence.txt licence)
text_of(${DYGRAPHS}/dygraph.min.js library)
text_of(${DYGRAPHS}/dygraph.min.css library_style)
string(REPLACE "," ";" SCRIPTS "${SCRIPTS}")
set(script "")
foreach(name IN LISTS SCRIPTS)
  text_of(${SOURCES}/${name} text)
  string(APPEND script "${text}")
endforeach()

# A script may run only with the page's nonce, so that no text of a series ever could: the digest of all that may.
string(SHA256 nonce "${library}${script}")
foreach(part nonce licence library_style style library script)
  string(FIND "${page}" "@${part}@" place)
  if(place EQUAL -1)
    message(FATAL_ERROR "page.html: expected @${part}@, found none")
  endif()
  string(REPLACE "@${part}@" "${${part}}" page "${page}")
endforeach()

file(WRITE ${OUT} "// Made by core/tools/page/embed.cmake.
#include \"page/page_text.hpp\"

namespace oddity::page {

const std::string_view page_text = R\"oddity-page(${page})oddity-page\";

}  // namespace oddity::page
")

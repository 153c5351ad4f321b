# Headers that many sources include are compiled once: most of a build's time went into reading them again and again.
#
# A precompiled header serves targets that are compiled alike, so there is one for each way in which sources are compiled: the
# components (code for libraries), the programs, the tests (programs without optimisation), and the plugins that only tests use.
# Where several sources are compiled as one, these have read them only once: a header for each component costs more than it saves.
option(ODDITY_PRECOMPILE "Compile the usual headers once" ON)
set(oddity_usual_headers <algorithm> <array> <chrono> <cstdint> <filesystem> <functional> <map> <memory> <optional> <span> <string>
    <string_view> <utility> <variant> <vector>)

# oddity_precompile(TARGET header...): of its own. oddity_precompile(TARGET LIKE other): that of another, compiled alike.
function(oddity_precompile target)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "LIKE" "")
  if(NOT ODDITY_PRECOMPILE OR ODDITY_FUZZ OR ODDITY_UNITY)
    return()
  endif()
  if(arg_LIKE)
    target_precompile_headers(${target} REUSE_FROM ${arg_LIKE})
  else()
    target_precompile_headers(${target} PRIVATE ${arg_UNPARSED_ARGUMENTS})
  endif()
  # ccache can look into what was preprocessed only if it names the precompiled header.
  target_compile_options(${target} PRIVATE $<$<COMPILE_LANG_AND_ID:CXX,GNU>:-fpch-preprocess>)
endfunction()

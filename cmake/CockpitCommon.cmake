# What every target shares: the language level, warnings and strict Qt, and the fast paths of the build.
set(CMAKE_AUTOMOC ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")

option(COCKPIT_WERROR "Treat warnings as errors (CI)" OFF)
option(COCKPIT_BENCH "Build the programs of tests/bench without the tests" OFF)
option(COCKPIT_FUZZ "Build the fuzzers of tests/fuzz without the tests" OFF)
set(COCKPIT_SANITIZE "" CACHE STRING "address, thread or empty")

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    # Precompiled headers are only cached when their times are not part of the key.
    set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env
        CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime ${CCACHE_PROGRAM})
endif()

add_library(cockpit_common INTERFACE)
target_compile_features(cockpit_common INTERFACE cxx_std_20)
target_include_directories(cockpit_common INTERFACE "${CMAKE_SOURCE_DIR}")
target_compile_definitions(cockpit_common INTERFACE
    QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_URL_CAST_FROM_STRING QT_NO_NARROWING_CONVERSIONS_IN_CONNECT
    QT_NO_FOREACH QT_MESSAGELOGCONTEXT)
target_compile_options(cockpit_common INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor
    # Designated initialisers leave members out on purpose: each has its default.
    -Wno-missing-field-initializers
    $<$<BOOL:${COCKPIT_WERROR}>:-Werror>
    # A precompiled header that cannot be used costs minutes without a word: say so.
    $<$<CXX_COMPILER_ID:GNU>:-Winvalid-pch>)

# Not mold: with Debian 12's (1.10) a thread-local variable can end up before the page that it shares, and the loader
# then refuses the program.
find_program(LLD_PROGRAM ld.lld)
if(LLD_PROGRAM)
    target_link_options(cockpit_common INTERFACE -fuse-ld=lld)
endif()

if(COCKPIT_SANITIZE STREQUAL "address")
    add_compile_options(-fsanitize=address,undefined -fno-omit-frame-pointer -fno-sanitize-recover=undefined)
    add_link_options(-fsanitize=address,undefined)
elseif(COCKPIT_SANITIZE STREQUAL "thread")
    add_compile_options(-fsanitize=thread -fno-omit-frame-pointer)
    add_link_options(-fsanitize=thread)
endif()
if(COCKPIT_FUZZ)
    add_compile_options(-fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined)
    add_link_options(-fsanitize=address,undefined)
endif()

# cockpit_library(NAME sources…): a static library of one folder, with the shared flags.
function(cockpit_library name)
    add_library(${name} STATIC ${ARGN})
    target_link_libraries(${name} PUBLIC cockpit_common)
endfunction()

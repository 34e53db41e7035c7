#include "checks/secrets/gitlibrary.h"

#include <git2.h>
#include <git2/sys/alloc.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <iterator>
#include <malloc.h>

namespace cockpit {

namespace {

// Packs are read through windows into the file, and what is mapped counts as the program's memory: of gigabytes of
// packs, this much at a time.
constexpr size_t kWindow = size_t(16) << 20;
constexpr size_t kMapped = size_t(96) << 20;

// What libgit2 unpacks may hold keys, and must not stay behind in freed memory.
void wipeAndFree(void *memory)
{
    if (memory)
        explicit_bzero(memory, malloc_usable_size(memory));
    std::free(memory); // NOLINT(cppcoreguidelines-no-malloc): an allocator
}

void *allocate(size_t size, const char *, int)
{
    return std::malloc(size); // NOLINT(cppcoreguidelines-no-malloc)
}

void *reallocate(void *old, size_t size, const char *, int)
{
    void *memory = std::malloc(size); // NOLINT(cppcoreguidelines-no-malloc)
    if (!memory || !old)
        return memory;
    std::memcpy(memory, old, std::min(size, malloc_usable_size(old)));
    wipeAndFree(old);
    return memory;
}

bool multiply(size_t count, size_t size, size_t &product)
{
    return !__builtin_mul_overflow(count, size, &product);
}

void *allocateZeroed(size_t count, size_t size, const char *, int)
{
    return std::calloc(count, size); // NOLINT(cppcoreguidelines-no-malloc)
}

void *allocateArray(size_t count, size_t size, const char *file, int line)
{
    size_t product = 0;
    return multiply(count, size, product) ? allocate(product, file, line) : nullptr;
}

void *reallocateArray(void *old, size_t count, size_t size, const char *file, int line)
{
    size_t product = 0;
    return multiply(count, size, product) ? reallocate(old, product, file, line) : nullptr;
}

char *copyText(const char *text, size_t length)
{
    auto *copy = static_cast<char *>(std::malloc(length + 1)); // NOLINT(cppcoreguidelines-no-malloc)
    if (!copy)
        return nullptr;
    std::memcpy(copy, text, length);
    copy[length] = '\0';
    return copy;
}

char *duplicate(const char *text, const char *, int)
{
    return copyText(text, std::strlen(text));
}

char *duplicateStart(const char *text, size_t longest, const char *, int)
{
    return copyText(text, strnlen(text, longest));
}

char *duplicateBytes(const char *text, size_t length, const char *, int)
{
    return copyText(text, length);
}

git_allocator wipingAllocator{
    .gmalloc = allocate,
    .gcalloc = allocateZeroed,
    .gstrdup = duplicate,
    .gstrndup = duplicateStart,
    .gsubstrdup = duplicateBytes,
    .grealloc = reallocate,
    .greallocarray = reallocateArray,
    .gmallocarray = allocateArray,
    .gfree = wipeAndFree,
};

bool setUp()
{
    git_libgit2_opts(GIT_OPT_SET_ALLOCATOR, &wipingAllocator);
    git_libgit2_init();
    // Every object is read once: keeping it would only take memory.
    git_libgit2_opts(GIT_OPT_ENABLE_CACHING, 0);
    // The hash of an object (with a search for collisions) costs more than unpacking it, and zlib's own checksum finds
    // a broken disk. We look for keys, we do not trust what we read.
    git_libgit2_opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, 0);
    git_libgit2_opts(GIT_OPT_SET_MWINDOW_SIZE, kWindow);
    git_libgit2_opts(GIT_OPT_SET_MWINDOW_MAPPED_LIMIT, kMapped);
    // Formats that libgit2 refuses unless asked, and that make no difference to who only reads what is here.
    const char *extensions[] = {"partialclone", "worktreeconfig", "preciousobjects"};
    git_libgit2_opts(GIT_OPT_SET_EXTENSIONS, extensions, std::size(extensions));
    return true;
}

} // namespace

void startGitLibrary()
{
    [[maybe_unused]] static const bool isSetUp = setUp(); // never shut down: threads may outlive any owner
}

} // namespace cockpit

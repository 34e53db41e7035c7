// Memory for bytes that may hold secrets: overwritten before it is given back.
#pragma once

#include <memory>
#include <string>

namespace cockpit {

// Overwrites in a way that the compiler does not take for useless.
void wipeMemory(void *memory, size_t bytes);

template<typename T>
struct WipingAllocator : std::allocator<T>
{
    template<typename U>
    struct rebind
    {
        using other = WipingAllocator<U>;
    };

    void deallocate(T *memory, size_t count)
    {
        wipeMemory(memory, count * sizeof(T));
        std::allocator<T>::deallocate(memory, count);
    }
};

using WipedBytes = std::basic_string<char, std::char_traits<char>, WipingAllocator<char>>;

} // namespace cockpit

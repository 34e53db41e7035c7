// What is freed is overwritten, for libraries that do not do it themselves: what archives are unpacked through, what
// parsers copy. This program's own memory for texts that may hold secrets is wiped whatever the system
// (checks/secrets/wipedmemory.h).
#pragma once

namespace cockpit {

// From here on, for the whole process. Filling what is freed and what is handed out costs a few hundredths of what a
// program does, so who draws first does this afterwards. Small blocks that a thread freed last it keeps as they were:
// wipeCachedBlocks().
void wipeFreedMemory();

// Those that this thread keeps for itself, 0.2 MB at most. A thread that ends needs no call: it gives them back, and
// then they are overwritten. To be called when a task is over that read code or settings.
void wipeCachedBlocks();

// The stack of this thread below the caller: what functions that have returned left there, which is whole lines of a
// text where they had room of their own or registers to keep (the loader keeps all of them when a function is called
// for the first time). The stack of a thread that ended is kept for the next one as it is
// (glibc.pthread.stack_cache_size).
void wipeUnusedStack();

// Both: the last that a task does which read code or settings.
void wipeWhatThisThreadLeft();

} // namespace cockpit

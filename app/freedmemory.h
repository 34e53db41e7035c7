// What is freed is overwritten, for libraries that do not do it themselves: what archives are unpacked through, what
// parsers copy. This program's own memory for texts that may hold secrets is wiped whatever the system
// (checks/secrets/wipedmemory.h).
#pragma once

namespace cockpit {

// From here on, for the whole process. Filling what is freed and what is handed out costs a few hundredths of what a
// program does, so who draws first does this afterwards.
void wipeFreedMemory();

} // namespace cockpit

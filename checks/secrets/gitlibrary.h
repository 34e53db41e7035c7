// libgit2 itself, set up once for the whole process. Internal to the folder.
#pragma once

namespace cockpit {

// Before the first use of libgit2, from any thread.
void startGitLibrary();

} // namespace cockpit

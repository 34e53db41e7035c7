// From argv to an exit status: the right application object, the words of the user's language, and the command.
#pragma once

namespace cockpit {

int runProgram(int argc, char **argv);

} // namespace cockpit

#include "app/program.h"

int main(int argc, char **argv)
{
    return cockpit::runProgram(argc, argv);
}

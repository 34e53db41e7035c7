// The program as it is; firstpaint.cpp beside it takes the time.
#include "app/program.h"

int main(int argc, char **argv)
{
    return cockpit::runProgram(argc, argv);
}

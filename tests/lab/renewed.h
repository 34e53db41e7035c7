// A lab that serves all rows of a test, as it was when it was made.
#pragma once

namespace cockpit::lab {

// Without faults, without what the row before left there.
template<typename... Labs>
void renew(Labs &...labs)
{
    (labs.setFaults({}), ...);
    (labs.reset(), ...);
}

} // namespace cockpit::lab

// Work on a worker thread that must end in a value: nothing is thrown across a thread.
#pragma once

#include "models/result.h"

#include <exception>
#include <type_traits>
#include <utility>

namespace cockpit {

Error brokeDown(const char *what); // that it did, in a sentence; what was thrown goes to the engineers

// What work() returns, which is some Result<T>; an exception becomes its error, so that whoever waits hears of an end.
template<typename Work>
[[nodiscard]] std::invoke_result_t<Work> guarded(Work &&work)
{
    try {
        return std::forward<Work>(work)();
    } catch (const std::exception &e) {
        return tl::unexpected<Error>(brokeDown(e.what()));
    } catch (...) {
        return tl::unexpected<Error>(brokeDown(""));
    }
}

} // namespace cockpit

// How the practice company's servers behave while figures are taken.
#pragma once

#include <QString>

#include <chrono>
#include <functional>

namespace cockpit {

struct Manners
{
    std::chrono::milliseconds delay{0}; // added to every answer and to every TLS handshake
    // Told of every question that arrives, from the servers' threads at once; may be empty. Never of header values
    // other than those that make it another question.
    std::function<void(const QString &question)> heard = {};
    // How long a request may take to arrive, head and body; none waits as long as the visitor likes.
    std::chrono::milliseconds requestPatience{5000};
    // Visitors served at once. A kept-alive connection holds one, and a run opens six to one host.
    size_t workers = 10;
    // Shown in a window of the same process: dozens of workers would take the processors from it.
    bool besideWindow = false;

    void note(const QString &question) const
    {
        if (heard)
            heard(question);
    }
};

} // namespace cockpit

// The addresses of ours that a check signs up or invites with, in the run's journal: no route takes back what comes of
// them, and of a run that was cut off nobody else tells which ones they were.
#pragma once

#include "checks/actors/undonotes.h"
#include "checks/net/httpclient.h"

#include <map>

namespace cockpit {

// Belongs to the worker of its wire.
class SignUpNotes
{
public:
    explicit SignUpNotes(const Wire &wire) : m_notes(notesOf(wire, nullptr)) {}

    // Before an address is sent for the first time; later calls for it do nothing. NotPermitted: it must not be sent.
    [[nodiscard]] Result<void> begin(const Route &route, const QString &address);
    // What came of each request with it. Without an answer, or where the product broke down over it, nobody knows
    // whether it made something.
    void heard(const QString &address, const Error &none);
    void heard(const QString &address, const HttpResponse &answer);
    // The same where its answer does not say whether it was taken.
    void doubt(const QString &address);
    // Nothing more is sent. Of those that the product took the results tell (ProjectJournal::end()); those of which
    // nobody knows stay, and the others are struck.
    void end(const QStringList &taken);

private:
    const UndoNotes m_notes;
    struct Begun
    {
        std::shared_ptr<UndoNote> note;
        bool isInDoubt = false;
    };

    std::map<QString, Begun> m_begun; // by address
};

} // namespace cockpit

// The addresses of ours that a check signs up or invites with, in the run's journal: no route takes back what comes of
// them, and of a run that was cut off nobody else tells which ones they were.
#pragma once

#include "checks/actors/undonotes.h"

#include <map>

namespace cockpit {

// Belongs to the worker of its wire.
class SignUpNotes
{
public:
    explicit SignUpNotes(const Wire &wire) : m_notes(notesOf(wire, nullptr)) {}

    // Before an address is sent for the first time; later calls for it do nothing. NotPermitted: it must not be sent.
    [[nodiscard]] Result<void> begin(const Route &route, const QString &address);
    // All were answered: those that the product did not take are struck.
    void end(const QStringList &taken);

private:
    const UndoNotes m_notes;
    std::map<QString, std::shared_ptr<UndoNote>> m_begun; // by address
};

} // namespace cockpit

#include "checks/actors/signupnotes.h"

namespace cockpit {

Result<void> SignUpNotes::begin(const Route &route, const QString &address)
{
    if (m_begun.contains(address))
        return {};
    auto note = m_notes.writeAccount(route, address);
    if (!note)
        return tl::unexpected<Error>(note.error());
    m_begun.emplace(address, std::move(*note));
    return {};
}

void SignUpNotes::end(const QStringList &taken)
{
    for (const auto &[address, note] : m_begun) {
        if (!taken.contains(address))
            note->strike();
    }
}

} // namespace cockpit

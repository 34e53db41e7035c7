#include "app/practice/shop/outbox.h"

namespace cockpit {

void Outbox::send(Letter letter)
{
    const std::lock_guard lock(m_lock);
    m_letters.push_back(std::move(letter));
}

std::vector<Letter> Outbox::letters() const
{
    const std::lock_guard lock(m_lock);
    return m_letters;
}

std::optional<Letter> Outbox::newest(LetterKind kind, const QString &to) const
{
    const std::lock_guard lock(m_lock);
    for (auto letter = m_letters.rbegin(); letter != m_letters.rend(); ++letter) {
        if (letter->kind == kind && letter->to == to)
            return *letter;
    }
    return {};
}

void Outbox::clear()
{
    const std::lock_guard lock(m_lock);
    m_letters.clear();
}

} // namespace cockpit

#include "checks/secrets/narrowsource.h"

#include <algorithm>
#include <cstring>

namespace cockpit {

namespace {

constexpr size_t kPiece = 64 << 10;

} // namespace

Result<void> NarrowSource::readPending(size_t most)
{
    const size_t held = m_pending.size();
    m_pending.resize(held + most);
    const auto got = m_read(m_pending.data() + held, static_cast<qint64>(most));
    m_pending.resize(held + static_cast<size_t>(got.value_or(0)));
    if (!got)
        return tl::unexpected(got.error());
    m_isAtEnd = *got == 0;
    return {};
}

Result<FormFound> NarrowSource::begin()
{
    while (m_pending.size() < kDecidesForm && !m_isAtEnd) {
        if (auto read = readPending(kDecidesForm - m_pending.size()); !read)
            return tl::unexpected(read.error());
    }
    m_form = formOf(m_pending);
    m_taken = m_form.markBytes;
    return m_form;
}

bool NarrowSource::isNarrow() const
{
    return m_form.form == TextForm::Bytes || m_form.form == TextForm::Binary;
}

size_t NarrowSource::takeNarrowed(char *to, size_t most)
{
    const size_t pending = m_pending.size() - m_taken;
    if (isNarrow()) {
        const size_t taken = std::min(pending, most);
        std::memcpy(to, m_pending.data() + m_taken, taken);
        m_taken += taken;
        return taken;
    }
    const size_t units = std::min(pending / 2, most);
    narrowUtf16(m_pending.data() + m_taken, 2 * units, m_form.form);
    std::memcpy(to, m_pending.data() + m_taken, units);
    m_taken += 2 * units;
    return units;
}

Result<size_t> NarrowSource::fill(char *to, size_t most)
{
    const bool isBytes = isNarrow();
    size_t done = 0;
    while (done < most) {
        done += takeNarrowed(to + done, most - done);
        if (done == most || m_isAtEnd)
            break;
        if (isBytes) { // nothing is pending: straight to where it is wanted
            const auto got = m_read(to + done, static_cast<qint64>(most - done));
            if (!got)
                return tl::unexpected(got.error());
            m_isAtEnd = *got == 0;
            done += static_cast<size_t>(*got);
        } else {
            m_pending.erase(0, m_taken); // half a unit may be left
            m_taken = 0;
            if (auto read = readPending(kPiece); !read)
                return tl::unexpected(read.error());
        }
    }
    if (m_isAtEnd && m_pending.size() - m_taken < 2 && !isBytes)
        m_taken = m_pending.size(); // half a unit at the end is no text
    return done;
}

} // namespace cockpit

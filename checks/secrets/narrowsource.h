// A text that comes in pieces, in a form that patterns can read.
#pragma once

#include "checks/secrets/textform.h"
#include "checks/secrets/textscanner.h"
#include "checks/secrets/wipedmemory.h"

namespace cockpit {

class NarrowSource
{
public:
    explicit NarrowSource(const ReadBytes &read) : m_read(read) {}

    // Reads the beginning, and tells the form by it. Once, before fill().
    [[nodiscard]] Result<FormFound> begin();
    // Fills all of the room unless the text ends in it; returns how many bytes. UTF-16 becomes a byte per unit.
    [[nodiscard]] Result<size_t> fill(char *to, size_t most);
    std::string_view beginning() const { return m_pending; } // what begin() read
    bool isAtEnd() const { return m_isAtEnd && m_taken >= m_pending.size(); }

private:
    [[nodiscard]] Result<void> readPending(size_t most); // behind what is pending
    size_t takeNarrowed(char *to, size_t most);
    bool isNarrow() const; // as it is

    const ReadBytes &m_read;
    WipedBytes m_pending; // read, of the text's own form
    size_t m_taken = 0;   // of the pending bytes
    FormFound m_form;
    bool m_isAtEnd = false;
};

} // namespace cockpit

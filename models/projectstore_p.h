// What ProjectStore keeps; shared by its source files alone.
#pragma once

#include "models/projectstore.h"
#include "models/store/masked.h"
#include "models/store/projectfile.h"
#include "models/store/rows.h"

#include <functional>

namespace cockpit {

struct ProjectStore::Private
{
    std::unique_ptr<QLockFile> lock; // before the connection, so that the file is closed before it is unlocked
    std::unique_ptr<store::Connection> connection;

    // NotPermitted for a file that is open to look only.
    Result<void> write(const std::function<void(store::Statements &)> &work);

    // What the check of models/access/ let through; its refusal otherwise.
    template<typename T>
    Result<void> writeChecked(const Result<T> &checked, void (*writeRows)(store::Statements &, const T &))
    {
        if (!checked)
            return tl::unexpected(checked.error());
        return write([&](store::Statements &statements) { writeRows(statements, *checked); });
    }

    template<typename T>
    Result<T> read(const std::function<T(store::Statements &)> &work) const
    {
        T found;
        const Result<void> read = connection->read([&](store::Statements &statements) { found = work(statements); });
        if (!read)
            return tl::unexpected(read.error());
        return found;
    }
};

template<typename T>
std::vector<T> maskedList(std::vector<T> list)
{
    for (T &entry : list)
        entry = store::masked(std::move(entry));
    return list;
}

} // namespace cockpit

#include "models/store/rows.h"

namespace cockpit::store {

using namespace Qt::StringLiterals;

// What looks like a secret is not in the list (checkedRedirect), so that nothing is masked: an address with dots in it
// could not be asked for.
void writeRedirects(Statements &statements, const std::vector<RedirectEntry> &redirects)
{
    statements.run(u"DELETE FROM redirect"_s);
    for (const RedirectEntry &entry : redirects) {
        if (const auto checked = checkedRedirect(entry); !checked) {
            statements.fail(checked.error());
            return;
        }
        statements.run(u"INSERT INTO redirect (old_address, wanted_address) VALUES (?, ?)"_s,
                       {fromText(entry.from), fromText(entry.to)});
    }
}

// The file is foreign input: what no window would have taken is not asked for, and stays out of the list. It is no
// reason to refuse the whole project: what counts as a secret may differ between two versions of this program.
void readRedirects(Statements &statements, ProjectState &state)
{
    const QString all = u"SELECT old_address, wanted_address FROM redirect ORDER BY position"_s;
    statements.each(all, {}, [&](const QSqlQuery &row) {
        const RedirectEntry entry{row.value(0).toString(), row.value(1).toString()};
        const auto checked = checkedRedirect(entry);
        if (checked && *checked == entry && state.redirects.size() < kMostRedirects)
            state.redirects.push_back(entry);
    });
}

} // namespace cockpit::store

#include "models/store/rows.h"

namespace cockpit::store {

using namespace Qt::StringLiterals;

void writeSources(Statements &statements, const std::vector<LocalSource> &sources)
{
    statements.run(u"DELETE FROM local_source"_s);
    for (const LocalSource &source : sources) {
        const auto checked = checkedSource(source);
        if (!checked) {
            statements.fail(checked.error());
            return;
        }
        statements.run(u"INSERT INTO local_source (kind, path, environment) VALUES (?, ?, ?)"_s,
                       {toWord(checked->kind), checked->path,
                        checked->environment ? QVariant(toWord(*checked->environment)) : QVariant()});
    }
}

// The file is foreign input: a path that no window would have taken is left out. What somebody else's machine calls a
// path may be nothing here; whoever reads it says so.
void readSources(Statements &statements, ProjectState &state)
{
    const QString all = u"SELECT kind, path, environment FROM local_source ORDER BY position"_s;
    statements.each(all, {}, [&](const QSqlQuery &row) {
        LocalSource source;
        const QString kind = row.value(0).toString();
        source.kind = meaningOf(statements, sourceKindFromWord(kind), u"local_source"_s, kind);
        source.path = row.value(1).toString();
        if (const QString word = row.value(2).toString(); !word.isEmpty())
            source.environment = meaningOf(statements, environmentFromWord(word), u"local_source"_s, word);
        const auto checked = checkedSource(source);
        if (checked && *checked == source && state.sources.size() < kMostSources)
            state.sources.push_back(source);
    });
}

} // namespace cockpit::store

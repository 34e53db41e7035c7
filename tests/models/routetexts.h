// Routes as text, and JSON as rows write it.
#pragma once

#include "models/routes/routelist.h"

#include <QString>

namespace cockpit::routetexts {

using namespace Qt::StringLiterals;

// JSON that is easier to read in a table: single quotes stand for double ones.
inline QByteArray json(QByteArray text)
{
    return text.replace('\'', '"');
}

// "GET api.example.com/v1/a/{id} signed_in? [/v1/a/7]": the question mark is a guess, the brackets what was seen.
inline QString printed(const std::vector<Route> &routes)
{
    QStringList lines;
    for (const Route &route : routes) {
        QString line = u"%1 %2%3 %4"_s.arg(route.method, route.host, route.path, toWord(route.access));
        line += route.isGuessed ? u"?"_s : QString();
        line += route.seen.isEmpty() ? QString() : u" ["_s + route.seen + u']';
        lines << line;
    }
    return lines.join(u'\n');
}

} // namespace cockpit::routetexts

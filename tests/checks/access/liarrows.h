#pragma once

#include "tests/checks/access/liars.h"

#include <QTest>

Q_DECLARE_METATYPE(cockpit::lab::Liar)

namespace cockpit::lab {

// Rows of a test with the column "liar".
inline void addLiarRows()
{
    QTest::addColumn<Liar>("liar");
    QTest::newRow("always 200, a page") << always(200, "text/html", "<p>Welcome</p>");
    QTest::newRow("always 200, JSON") << always(200, "application/json", R"({"ok":true})");
    QTest::newRow("always 403") << always(403, "application/json", "{}");
    QTest::newRow("always to the login") << always(302, "text/html", {}, {{"Location", "/login"}});
    QTest::newRow("always 500") << always(500, "application/json", "{}");
    QTest::newRow("garbage") << always(200, "application/json", QByteArray("\x01\x02{[", 4));
    QTest::newRow("one too many") << after(8, 429);
    QTest::newRow("signs us out") << after(12, 401);
}

} // namespace cockpit::lab

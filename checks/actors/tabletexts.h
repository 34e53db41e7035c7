// What stands in the cells of a table: a CSV export, or the rows of a page.
#pragma once

#include "checks/net/httpclient.h"

#include <QString>

#include <vector>

namespace cockpit {

struct TableText
{
    QString column; // its name; empty where the table has none
    QString text;

    bool operator==(const TableText &) const = default;
};

// At most a few thousand, in their order. Of a page the cells without markup in them; nothing of other answers.
std::vector<TableText> tableTextsOf(const HttpResponse &answer);

} // namespace cockpit

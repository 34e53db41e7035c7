// A list that comes as a page of HTML: how many rows it shows, and where it leads to more of itself. Pure.
#pragma once

#include "checks/net/httpclient.h"

#include <QString>

#include <optional>

namespace cockpit {

struct ListMarkup
{
    qsizetype rows = 0;   // the most neighbours of one kind (rows of a table, items, cards) outside of navigation
    bool leadsOn = false; // a link, a button or a script's address of its own path leads to a further page
    QString next;         // as a link says so itself (rel=next); empty: none does
};
// Empty for what is no page of HTML, costs a parser too much (checks/web/nesting.h), or was cut off.
std::optional<ListMarkup> listMarkup(const HttpResponse &list);

// A person reads that text in the page: it stands in no script, where a program of the page may use or leave it.
bool showsInMarkup(const HttpResponse &list, const QString &text);

} // namespace cockpit

// What a question of GraphQL is called, in findings and in what a look did not see. Pure.
#pragma once

#include "models/access/routesample.h"

#include <QStringList>

namespace cockpit {

// By its operation where the address names one ("POST /graphql#query.own"), else by the operation's name and the way to
// what it asks for ("POST /graphql Own viewer.invoices", "POST /graphql invoices"), of several in one body by all: one
// address answers many questions, and what was not seen of one of them hides no finding of another.
QString questionName(const RouteSample &sample);

// What earlier versions of this program called it, where that was something else: by its first field, and before that
// by its address alone. Findings that they made have these subjects.
QStringList earlierQuestionNames(const RouteSample &sample);

// open: subjects of findings; one of them is about this question, by any of its names.
bool isOpenQuestion(const RouteSample &sample, const QStringList &open);

} // namespace cockpit

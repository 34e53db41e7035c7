// What an answer to node(id) (nodequestion.h) tells. Pure.
#pragma once

#include "checks/net/httpclient.h"

#include <optional>

namespace cockpit {

// Whether the answer to its owner says what node() gives of the record: data without an error (GraphQL section 7.1), be
// it none, or an error that there is no such field, which most products say. A refusal, an error about something else,
// a login page and no answer tell nothing.
bool tellsOfNode(const std::optional<HttpResponse> &answer);

} // namespace cockpit

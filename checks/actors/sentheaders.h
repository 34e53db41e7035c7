// What the headers of a request say, before it is sent.
#pragma once

#include "checks/net/httpclient.h"

#include <QByteArray>

#include <vector>

namespace cockpit {

// Names are the same in any letter case (RFC 9110 section 5.1).
bool hasHeader(const std::vector<Header> &headers, QByteArrayView name);
void addUnlessThere(std::vector<Header> &headers, const Header &header);

// The encoding in which browsers send a form (WHATWG URL, section 5), with or without parameters behind it.
bool isFormType(const QByteArray &contentType);
// By the Content-Type among them.
bool saysForm(const std::vector<Header> &headers);

} // namespace cockpit

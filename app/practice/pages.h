// What the practice company's hosts answer. Each fault in faults.cpp that concerns HTTP is made here.
#pragma once

#include "app/practice/webserver.h"

namespace cockpit {

PageReply sitePage(const PageRequest &request);
PageReply wwwPage(const PageRequest &request);
PageReply appPage(const PageRequest &request);
PageReply oldPage(const PageRequest &request);

// All hosts on plain HTTP: sent on to HTTPS, but for the one that forgot.
PageReply plainPage(const PageRequest &request);

} // namespace cockpit

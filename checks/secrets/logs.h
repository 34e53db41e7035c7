// secrets.logs: logs hold no tokens, passwords, card numbers, cookies, prompts or personal data.
// observed: "sources": [{"path","files","lines","bytes","formats": {access|json|logfmt|plain|syslog|docker|kubernetes:
// entries}}], "kinds": [{"kind": password|one_time_code|token|login|session_cookie|link_token|card|test_card|card_code|
// identity|email|phone|ip_address|prompt|request_body,"count","samples": [{"file","line","shown"}]}], "keys":
// [{"rule","name","class": secret|public|test_mode,"count","different","samples"}], "fields": {"hidden","open",
// "share_hidden": 0..100|null}: of the fields whose name says that their value is to be hidden.
// Addresses of visitors are counted and no finding: nearly every web server writes them, and to find an attacker one
// needs them for some days.
#pragma once

#include "checks/engine/check.h"
#include "checks/secrets/logread/logsread.h"

namespace cockpit {

Check logsCheck();

// With fewer lines a log without finds proves little.
constexpr qint64 kFewestLogLines = 100;
Judged judgeLogs(const LogsRead &read);

} // namespace cockpit

// exposure.api-docs: API documents that should be private are not open to all.
// observed: "documents": [{"path","routes","admin_routes"}], "consoles": [paths of pages that show them], "asked".
#pragma once

#include "checks/exposure/pathlook.h"
#include "checks/web/apidocuments.h"

namespace cockpit {

Check apiDocsCheck();
// paths: the pages of resources/rules/api-consoles.json.
Judged judgeApiDocs(const ApiDocumentLook &look, const PathLook &paths);

} // namespace cockpit

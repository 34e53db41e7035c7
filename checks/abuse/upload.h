// abuse.upload: uploads that are too large or of a forbidden type are refused, and what is stored cannot run as a
// script on the product's own host (facts 20). Each file that is taken is fetched where the answer says it is, and
// removed. observed: "actor", "routes": [{"route","good": kind of file,"files": [{"kind","status","taken": bool,"type",
// "nosniff","attachment","elsewhere"}],"not_tested": sentence?}], "not_tried": [sentences], "left_out": [routes],
// "broken_off": sentence?, "requests", not_seen (models/unseen.h).
#pragma once

#include "checks/abuse/uploadfiles.h"
#include "checks/actors/writetrial.h"
#include "checks/engine/check.h"

#include <optional>
#include <vector>

namespace cockpit {

struct TriedFile
{
    UploadFile file;
    TriedBody tried;
    bool isElsewhere = false; // it lies on a host that is not the product's
};

struct UploadRun
{
    Route route;
    std::optional<TriedFile> good = {}; // empty: notTested says why
    std::vector<TriedFile> files = {};
    bool stillTakes = false;
    QString notTested = {};
};

struct UploadLook
{
    QString actor;
    std::vector<UploadRun> routes;
    QStringList notTried = {}; // sentences
    QStringList leftOut = {};  // routes beyond kMostUploadRoutes
    QString brokenOff = {};
    std::vector<Secret> known = {};
    int requests = 0;
};

// How a stored file is handed out.
struct ServedFile
{
    QByteArray type; // without parameters, in lower case
    bool isNosniff = false;
    bool isAttachment = false;
    bool isSandboxed = false; // its policy lets no script run
    bool hasScript = false;   // of ours, as it was sent
    // A browser that is led to its address runs it with the rights of the page's host.
    bool runs() const;
};
ServedFile servedFileOf(const HttpResponse &answer);

// POST routes marked as safe whose name or sample says that they take files.
std::vector<Route> uploadRoutes(const std::vector<Route> &routes, const std::vector<RouteSample> &samples);
// Where the answer says that the file is: a member with an address, or Location. Empty without one.
QUrl storedUrlIn(const HttpResponse &answer);

// Of one look: each leaves files behind for a moment, and costs many requests.
constexpr int kMostUploadRoutes = 3;
Check uploadCheck();
Judged judgeUpload(const UploadLook &look);

} // namespace cockpit

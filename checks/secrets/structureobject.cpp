#include "checks/secrets/structureobject.h"

namespace cockpit {

int readStructure(git_odb *odb, const git_oid &id, GitOdbObject &object)
{
    object.reset();
    size_t size = 0;
    git_object_t type = GIT_OBJECT_INVALID;
    if (const int code = git_odb_read_header(&size, &type, odb, &id); code < 0)
        return code;
    if (size > kLargestStructure)
        return GIT_EBUFS;
    git_odb_object *opened = nullptr;
    const int code = git_odb_read(&opened, odb, &id);
    object.reset(opened);
    return code;
}

} // namespace cockpit

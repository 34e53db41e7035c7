// Who made commits and tags, as their own heads say: whoever clones a repository has these names and addresses.
// Internal to the folder.
#pragma once

#include "checks/secrets/blobwalk.h"

#include <QByteArrayView>

#include <functional>

namespace cockpit {

// role: Author, Committer or Tagger. text: a name or an address, never empty and without a NUL.
using OnPerson = std::function<void(BlobKind role, QByteArrayView text)>;

// object: the bytes of a commit or a tag. In the order of its lines; a text comes as often as it stands there. The time
// behind the address is left out; a line that is none as git writes it comes whole, or with what stands behind it.
void forEachPerson(QByteArrayView object, const OnPerson &onPerson);

} // namespace cockpit

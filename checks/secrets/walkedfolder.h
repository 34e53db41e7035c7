// How a walk opens what it meets, so that it leaves the root by no link and waits for nobody. Internal to the folder.
#pragma once

#include "checks/secrets/descriptor.h"
#include "checks/secrets/walkjobs.h"

#include <QString>

namespace cockpit {

// A folder by its path below the root; empty: the root itself. Name by name: a link that took a folder's place
// meanwhile is refused at any of them. Not open, and errno, on failure.
Descriptor openBelow(const Descriptor &root, const QByteArray &path);

// A file in a folder, for reading. Not blocking: a pipe that took the file's place meanwhile would wait for a writer.
// Not open, and errno, on failure; ELOOP for a link.
Descriptor openFileIn(const OpenFolder &folder, const QByteArray &name);

// DT_REG, DT_DIR, … of readdir(3), also on file systems that do not say it there.
unsigned char typeOf(const OpenFolder &folder, const dirent &entry);

// /proc and its like: files without end, and none of a product.
bool isOfKernel(const Descriptor &folder);

// Of errno, in the system's words.
QString systemReason(int error);

} // namespace cockpit

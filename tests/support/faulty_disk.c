/* A disk that can be asked to fail, to be slow, and to write down what it is given: between a program and its files.
 *
 * Loaded with LD_PRELOAD. It concerns itself with the files directly in the folder DISK_ROOT, with no others.
 *
 *   DISK_TRACE     where to write down each write, truncation, creation, removal and synchronisation, in their order
 *   DISK_DELAY_US  microseconds that each synchronisation takes longer
 *   DISK_FAULT     a file; while it exists it says what fails:
 *                    write ERRNO    every write, truncation and creation
 *                    sync ERRNO     every synchronisation, which then does not happen
 *                    short ERRNO    every write comes to half of what it should, and one of a byte fails
 *                    readonly 30    the folder as after a remount: nothing can be opened to write, written or removed
 *                    read ERRNO NAME FROM UPTO  what stands between two places of the file of that name: bad sectors
 *                    kill 0 NAME    the program is killed before it writes to the file of that name
 *
 * A record of the trace, little-endian: operation 1, unused 1, length of the name 2, length of the data 4, offset 8;
 * then the name and the data. Operations: Create, Write, Truncate, Sync, Unlink.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#define FILES 1024
#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static char *names[FILES];

static const char *name_under_root(const char *path)
{
    const char *root = getenv("DISK_ROOT");
    size_t length = root ? strlen(root) : 0;
    if (!length || !path || strncmp(path, root, length))
        return NULL;
    if (!path[length])
        return ".";
    return path[length] == '/' && !strchr(path + length + 1, '/') ? path + length + 1 : NULL;
}

static const char *name_of(int fd)
{
    return fd >= 0 && fd < FILES ? names[fd] : NULL;
}

/* --- What fails now --- */

static int fault(const char *kind, const char *name)
{
    char asked[16], about[64];
    int error, found;
    const char *path = getenv("DISK_FAULT");
    FILE *file = path && name ? fopen(path, "re") : NULL;
    if (!file)
        return 0;
    found = fscanf(file, "%15s %d %63s", asked, &error, about);
    fclose(file);
    if (found < 2 || strcmp(asked, kind))
        return 0;
    if (!strcmp(kind, "kill") && found == 3 && !strcmp(about, name))
        raise(SIGKILL);
    return error;
}

static int refused_write(const char *name)
{
    int error = fault("write", name);
    fault("kill", name);
    return error ? error : fault("readonly", name);
}

static size_t as_much_as_fits(const char *name, size_t count)
{
    int error = fault("short", name);
    if (!error || count > 1)
        return error ? count / 2 : count;
    errno = error;
    return 0;
}

static int fails(int error)
{
    errno = error;
    return -1;
}

/* --- What is written down --- */

static void note(char operation, const char *name, const void *data, size_t count, int64_t offset)
{
    static int trace = -2;
    struct { char operation, unused; uint16_t name; uint32_t data; int64_t offset; } head = {
        operation, 0, (uint16_t)strlen(name), (uint32_t)count, offset };
    struct iovec parts[] = {{&head, sizeof head}, {(void *)name, head.name}, {(void *)data, count}};
    if (trace == -2)
        trace = getenv("DISK_TRACE") ? REAL(open64)(getenv("DISK_TRACE"), O_WRONLY | O_CREAT | O_APPEND, 0600) : -1;
    if (trace >= 0 && writev(trace, parts, 3) < 0)
        abort();
}

/* --- Opening and closing --- */

static int opened(const char *path, int flags, mode_t mode)
{
    const char *name = name_under_root(path);
    int is_new = name && (flags & O_CREAT) && access(path, F_OK), fd;
    if (name && (flags & (O_WRONLY | O_RDWR | O_CREAT)) && fault("readonly", name))
        return fails(EROFS);
    if (is_new && fault("write", name))
        return fails(fault("write", name));
    fd = REAL(open64)(path, flags, mode);
    if (name && fd >= 0 && fd < FILES) {
        names[fd] = strdup(name);
        if (is_new)
            note('C', name, NULL, 0, 0);
        if (flags & O_TRUNC)
            note('T', name, NULL, 0, 0);
    }
    return fd;
}

#define PASSES_ON(path, flags)                   \
    {                                            \
        va_list rest;                            \
        mode_t mode = 0;                         \
        va_start(rest, flags);                   \
        if ((flags) & (O_CREAT | O_TMPFILE))     \
            mode = va_arg(rest, mode_t);         \
        va_end(rest);                            \
        return opened(path, flags, mode);        \
    }

int open(const char *path, int flags, ...) PASSES_ON(path, flags)
int open64(const char *path, int flags, ...) PASSES_ON(path, flags)

int close(int fd)
{
    if (name_of(fd)) {
        free(names[fd]);
        names[fd] = NULL;
    }
    return REAL(close)(fd);
}

/* --- Reading --- */

static int bad_sector(const char *name, off64_t offset)
{
    char about[64];
    int error, found;
    long from, upto;
    const char *path = getenv("DISK_FAULT");
    FILE *file = path && name ? fopen(path, "re") : NULL;
    if (!file)
        return 0;
    found = fscanf(file, "read %d %63s %ld %ld", &error, about, &from, &upto);
    fclose(file);
    return found == 4 && !strcmp(about, name) && offset >= from && offset < upto ? error : 0;
}

ssize_t pread64(int fd, void *data, size_t count, off64_t offset)
{
    int error = bad_sector(name_of(fd), offset);
    return error ? fails(error) : REAL(pread64)(fd, data, count, offset);
}

ssize_t pread(int fd, void *data, size_t count, off_t offset) { return pread64(fd, data, count, offset); }

ssize_t read(int fd, void *data, size_t count)
{
    int error = name_of(fd) ? bad_sector(name_of(fd), lseek64(fd, 0, SEEK_CUR)) : 0;
    return error ? fails(error) : REAL(read)(fd, data, count);
}

/* --- Writing --- */

ssize_t pwrite64(int fd, const void *data, size_t count, off64_t offset)
{
    const char *name = name_of(fd);
    int error = name ? refused_write(name) : 0;
    ssize_t done;
    if (error)
        return fails(error);
    if (name && count && !(count = as_much_as_fits(name, count)))
        return -1;
    done = REAL(pwrite64)(fd, data, count, offset);
    if (name && done > 0)
        note('W', name, data, (size_t)done, offset);
    return done;
}

ssize_t pwrite(int fd, const void *data, size_t count, off_t offset) { return pwrite64(fd, data, count, offset); }

ssize_t write(int fd, const void *data, size_t count)
{
    const char *name = name_of(fd);
    int error = name ? refused_write(name) : 0;
    off64_t offset;
    ssize_t done;
    if (error)
        return fails(error);
    if (name && count && !(count = as_much_as_fits(name, count)))
        return -1;
    done = REAL(write)(fd, data, count);
    if (name && done > 0) {
        offset = lseek64(fd, 0, SEEK_CUR) - done;
        note('W', name, data, (size_t)done, offset);
    }
    return done;
}

int ftruncate64(int fd, off64_t size)
{
    const char *name = name_of(fd);
    int error = name ? refused_write(name) : 0, done;
    if (error)
        return fails(error);
    done = REAL(ftruncate64)(fd, size);
    if (name && !done)
        note('T', name, NULL, 0, size);
    return done;
}

int ftruncate(int fd, off_t size) { return ftruncate64(fd, size); }

int unlink(const char *path)
{
    const char *name = name_under_root(path);
    int done;
    if (name && fault("readonly", name))
        return fails(EROFS);
    done = REAL(unlink)(path);
    if (name && !done)
        note('U', name, NULL, 0, 0);
    return done;
}

/* --- Synchronising --- */

static int synchronised(int fd, int (*really)(int))
{
    const char *name = name_of(fd), *delay = getenv("DISK_DELAY_US");
    int error = name ? fault("sync", name) : 0, done;
    if (error)
        return fails(error);
    done = really(fd);
    if (name && delay)
        usleep((useconds_t)atoi(delay));
    if (name && !done)
        note('S', name, NULL, 0, 0);
    return done;
}

int fsync(int fd) { return synchronised(fd, REAL(fsync)); }
int fdatasync(int fd) { return synchronised(fd, REAL(fdatasync)); }

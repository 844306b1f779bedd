//! Folders of which the system does not tell what other machines do to them.

use std::path::Path;

/// The file systems that others may write to unseen by this machine, by the numbers that statfs gives (Linux,
/// `magic.h` and the file systems' own sources).
#[cfg(any(target_os = "linux", test))]
const REMOTE: &[(u32, &str)] = &[
    (0x0000_6969, "nfs"),
    (0xff53_4d42, "cifs"),
    (0xfe53_4d42, "smb2"),
    (0x0000_517b, "smb"),
    (0x6573_5546, "fuse, sshfs among them"),
    (0x0102_1997, "9p"),
    (0x00c3_6400, "ceph"),
    (0x5346_414f, "afs"),
];

/// Whether `folder` may lie on another machine.
#[cfg(target_os = "linux")]
pub(super) fn is_remote(folder: &Path) -> bool {
    // The number is of another width on each machine, and its lower 32 bits are the same on all.
    rustix::fs::statfs(folder).is_ok_and(|found| is_remote_kind(found.f_type as u32))
}

/// Where the system has no watch that could be trusted more, every folder counts as one.
#[cfg(not(target_os = "linux"))]
pub(super) fn is_remote(_folder: &Path) -> bool {
    true
}

#[cfg(any(target_os = "linux", test))]
fn is_remote_kind(kind: u32) -> bool {
    REMOTE.iter().any(|(known, _)| *known == kind)
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn folders_of_other_machines_are_looked_at_and_those_of_this_one_are_not() {
        for (kind, name) in REMOTE {
            assert!(is_remote_kind(*kind), "{name}");
        }
        let own = [
            ("ext4", 0xef53),
            ("btrfs", 0x9123_683e),
            ("xfs", 0x5846_5342),
            ("tmpfs", 0x0102_1994),
            ("overlay", 0x794c_7630),
        ];
        for (name, kind) in own {
            assert!(!is_remote_kind(kind), "{name}");
        }
        assert!(!is_remote(Path::new("/proc")));
        assert!(!is_remote(Path::new("/gibt/es/nicht")));
    }
}

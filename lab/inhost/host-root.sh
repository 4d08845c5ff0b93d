# The private root of a lab host; sourced by host-init.sh, which sets BASE NAME SCRIPTS LAYER HOME_DIR.
# Below: the whole machine, read only. Above: what this host writes. So it is an ordinary Debian with its own /etc and /var.

make_root() {
  mkdir -p "$HOME_DIR"/{upper,work,root}
  # the mark of a finished first start; without it lab/engine/host.ts has emptied upper
  local first=
  [ -e "$HOME_DIR/upper/var/lib/lab/made" ] || first=1
  [ -z "$first" ] || before_first_mount "$HOME_DIR/upper"

  mount -t overlay overlay -o "lowerdir=/,upperdir=$HOME_DIR/upper,workdir=$HOME_DIR/work" "$HOME_DIR/root"
  cd "$HOME_DIR/root"
  mkdir -p proc sys dev run tmp
  mount -t proc proc proc
  mount -t sysfs -o ro sysfs sys # mounted anew: it shows this network namespace's devices
  make_dev
  mount -t tmpfs -o mode=755,size=64m run run
  mkdir -p run/sshd run/lock run/mysqld
  mount -t tmpfs -o mode=1777,size=512m tmp tmp # also hides the machine's /tmp

  [ -z "$first" ] || first_start
  # every start brings today's scripts; never from outside while the overlay is mounted
  rm -rf opt/lab
  mkdir -p opt/lab
  cp -r "$SCRIPTS/." opt/lab/
}

# Only harmless devices: root inside a host must not reach the machine's disks.
make_dev() {
  local node
  mount -t tmpfs -o mode=755,size=64k dev dev
  for node in 'null 1 3' 'zero 1 5' 'full 1 7' 'random 1 8' 'urandom 1 9' 'tty 5 0' 'fuse 10 229'; do
    set -- $node
    mknod -m 666 "dev/$1" c "$2" "$3"
  done
  ln -s /proc/self/fd dev/fd
  ln -s fd/0 dev/stdin
  ln -s fd/1 dev/stdout
  ln -s fd/2 dev/stderr
  mkdir dev/pts dev/shm
  mount -t devpts -o newinstance,ptmxmode=0666,mode=620,gid=5 devpts dev/pts
  ln -s pts/ptmx dev/ptmx
  mount -t tmpfs -o mode=1777,size=256m shm dev/shm # PostgreSQL and others need it
}

enter_root() {
  : >var/lib/lab/ready
  mkdir -p .old
  pivot_root . .old
  cd /
  umount -l /.old
  rmdir /.old
}

# What the machine has but the host must not see: a whiteout (device 0:0) in the upper layer, put there before the mount.
# A folder made over a whiteout is "opaque": it starts empty.
hide() {
  [ -e "/$1" ] || return 0
  mkdir -p "$UPPER/$(dirname "$1")"
  mknod "$UPPER/$1" c 0 0
}

before_first_mount() {
  UPPER=$1
  # overlayfs refuses a second lower folder that lies inside "/": hard links of the layer's files in upper instead
  if [ -n "$LAYER" ]; then
    cp -al "$LAYER/." "$UPPER/" 2>/dev/null || cp -a "$LAYER/." "$UPPER/" # another file system: copies
  fi
  local path
  for path in /*; do
    case ${path#/} in
      bin | boot | dev | etc | lib | lib32 | lib64 | libx32 | lost+found | proc | run | sbin | sys | tmp | usr | var) ;;
      *) hide "${path#/}" ;; # /home, /root, /srv, /opt, /mnt and whatever else this machine has
    esac
  done
  hide var/log
  hide var/www
  hide var/lib/mysql
  hide var/lib/samba
  [ ! -e "/${BASE#/}" ] || case ${BASE#/} in
    var/*) hide "${BASE#/}" ;; # elsewhere it lies in a folder that is hidden already
  esac
}

# One-time work in the mounted root. The mark comes last: killed half-way, the next start wipes and does it again.
first_start() {
  mkdir -p home srv opt mnt media var/log/apache2 var/log/samba var/log/mysql var/lib/samba/private var/www/html
  mkdir -p -m 700 root var/lib/lab
  echo "$NAME" >etc/hostname
  cp "$BASE/hosts.txt" etc/hosts
  : >etc/resolv.conf
  : >etc/fstab # the machine's disks are not this host's
  rm -f etc/ssh/ssh_host_* etc/ssh/sshd_config.d/*
  make_host_keys .
  cp "$SCRIPTS/sshd_config" etc/ssh/sshd_config
  make_accounts
  : >var/lib/lab/made
}

make_host_keys() {
  ssh-keygen -q -t ed25519 -N '' -C "$NAME" -f "$1/etc/ssh/ssh_host_ed25519_key"
  ssh-keygen -q -t ecdsa -N '' -C "$NAME" -f "$1/etc/ssh/ssh_host_ecdsa_key"
}

# patronus-watch looks, patronus-act may sudo what the estate lets it, patronus-pw has a password and no key (to try passwords with)
make_accounts() {
  local user
  mkdir -p etc/ssh/keys.d
  for user in patronus-watch patronus-act patronus-pw; do
    chroot . useradd -m -s /bin/bash "$user"
  done
  for user in patronus-watch patronus-act; do
    chroot . usermod -p '*' "$user" # "!" means locked: sshd without PAM refuses it even with a key
    cp "$BASE/keys/$user.pub" "etc/ssh/keys.d/$user"
  done
  { printf 'patronus-pw:'; cat "$BASE/secrets/ssh-password"; } | chroot . chpasswd -c SHA512
  cp "$BASE/sudoers/$NAME" etc/sudoers.d/patronus-act
  chmod 440 etc/sudoers.d/patronus-act
}

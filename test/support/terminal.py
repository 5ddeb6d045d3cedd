"""Runs a command in a pseudo-terminal of 80 columns, and types: terminal.py '[["wait", "keys"]]' COMMAND."""

import fcntl, json, os, pty, select, struct, sys, termios

typed, command = json.loads(sys.argv[1]), sys.argv[2:]
child, terminal = pty.fork()
if child == 0:
    os.environ["TERM"] = "xterm"
    os.execvp(command[0], command)
fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
seen = ""
while True:
    try:
        if not select.select([terminal], [], [], 30)[0]:
            sys.exit(f"waited for {typed[0][0] if typed else 'the end'} after:\n{seen}")
        part = os.read(terminal, 4096).decode(errors="replace")
    except OSError:
        break
    if not part:
        break
    sys.stdout.write(part)
    seen += part
    if typed and typed[0][0] in seen:
        seen = ""
        os.write(terminal, typed.pop(0)[1].encode())
_, status = os.waitpid(child, 0)
sys.exit(os.waitstatus_to_exitcode(status))

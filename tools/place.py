"""Where things are in a checkout."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
REQUIREMENTS = ROOT / "requirements"
FRONTEND = ROOT / "frontend"
BUILT = ROOT / "src" / "mokmin" / "surfaces" / "kit" / "static" / "built"
VAR = ROOT / "var"
SETUP_LOG = VAR / "log" / "setup.log"

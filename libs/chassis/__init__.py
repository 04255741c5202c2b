"""What every service stands on: settings, lifecycle, clock, HTTP, telemetry and the embedded servers."""

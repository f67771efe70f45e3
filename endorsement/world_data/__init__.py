"""An invented world: many teams, many years. For trials and measurements, never for a real site."""

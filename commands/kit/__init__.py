"""What every command uses: declaration, arguments, parsing, dialogue, rights, replies."""

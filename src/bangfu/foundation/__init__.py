"""Django infrastructure without domain: who may, who did, what runs, what is kept, how it looks."""

"""One function per thing a person does; each takes the actor first and checks what the actor may."""

-- A key that is kept nowhere: a program of the person's prints it, once a session. What is kept is how that is asked, in JSON of the
-- layer above: the program, its arguments with a reference, no secret.
ALTER TABLE key ADD COLUMN command TEXT;
